// Each failed attempt is kept, to be looked at some day.
class Uplink {
    failed: Error[] = []
    connect(attempt: number) {
        if (attempt % 3 !== 0) throw new Error(`attempt ${attempt}: no answer`)
    }
    send(attempt: number) {
        try {
            this.connect(attempt)
        } catch (problem) {
            this.failed.push(problem as Error) // here
        }
    }
}
const uplink = new Uplink()
let attempt = 0
setInterval(() => uplink.send(attempt++), 150)
