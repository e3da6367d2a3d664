// A list of texts that grows, told as one text now and then: as long as all of them.
const names: string[] = []

setInterval(() => {
    names.push("guest " + names.length)
}, 80)

setInterval(() => {
    const all = names.join(", ")
    console.log("told " + all.length)
}, 2000)
