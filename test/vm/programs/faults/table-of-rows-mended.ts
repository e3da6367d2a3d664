// A page of the last rows.
class Page {
    rows = ""
    add(at: number, value: number) {
        this.rows += `<tr><td>${at}</td><td>${value}</td></tr>`
        if (this.rows.length > 2000) this.rows = this.rows.slice(this.rows.length - 1000)
    }
}
const page = new Page()
let n = 0
setInterval(() => page.add(n++, n % 30), 400)
