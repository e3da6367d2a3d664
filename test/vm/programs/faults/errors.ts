const failures: Error[] = []
let n = 0
setInterval(() => {
    try {
        throw new RangeError("no answer to " + n++)
    } catch (e) {
        failures.push(e as Error) // here
    }
}, 100)
