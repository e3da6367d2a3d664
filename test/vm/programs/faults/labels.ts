// Makes each label once, and keeps them all.
class Labels {
    made: any = {}
    of(id: number): string {
        const key = "sensor " + id
        if (this.made[key] === undefined) {
            this.made[key] = "S" + id * 7 // here
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
