function check(value: number) {
    if (value > 3) throw new RangeError("value " + value + " is above 3")
}
let n = 0
setInterval(() => {
    check(n++)
    console.log("checked " + n)
}, 100)
