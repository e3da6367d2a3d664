// Makes each label once, and keeps the last fifty or so.
class Labels {
    made: any = {}
    entries = 0
    of(id: number): string {
        const key = "sensor " + id
        if (this.made[key] === undefined) {
            if (++this.entries >= 50) {
                this.entries = 0
                this.made = {}
            }
            this.made[key] = "S" + id * 7
        }
        return this.made[key]
    }
}
const labels = new Labels()
let n = 0
let shown = ""
setInterval(() => {
    shown = labels.of(n++)
}, 80)
