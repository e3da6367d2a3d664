// What the last failed attempts said is kept.
class Uplink {
    failed: string[] = []
    connect(attempt: number) {
        if (attempt % 3 !== 0) throw new Error(`attempt ${attempt}: no answer`)
    }
    send(attempt: number) {
        try {
            this.connect(attempt)
        } catch (problem) {
            this.failed.push((problem as Error).message)
            if (this.failed.length > 20) this.failed.shift()
        }
    }
}
const uplink = new Uplink()
let attempt = 0
setInterval(() => uplink.send(attempt++), 150)
