// A page that gets a row with each reading.
class Page {
    rows = ""
    add(at: number, value: number) {
        this.rows += `<tr><td>${at}</td><td>${value}</td></tr>` // here
    }
}
const page = new Page()
let n = 0
setInterval(() => page.add(n++, n % 30), 400)
