const failures: string[] = []
let n = 0
setInterval(() => {
    try {
        throw new RangeError("no answer to " + n++)
    } catch (e) {
        failures.push((e as Error).message)
        if (failures.length > 20) failures.shift()
    }
}, 100)
