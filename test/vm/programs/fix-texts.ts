// Texts that loops make longer: some are read only when they are whole, others while they grow.
let turn = 0

function row(cells: number): string {
    let line = "row"
    for (let i = 0; i < cells; i++) {
        line += " | "
        line += i * turn
    }
    return line + ` (${turn})`
}

function list(count: number): string {
    let all: string = ""
    for (let i = 0; i < count; i++) {
        all = all + i
        all = all + ";"
    }
    console.log(all)
    return all.slice(3)
}

/** Its loop asks how long it is. */
function dashes(width: number): string {
    let dashed = ""
    while (dashed.length < width) dashed += "-"
    return dashed
}

/** It begins anew. */
function lastOf(count: number): string {
    let latest = ""
    for (let i = 0; i < count; i++) {
        if (i === 2) latest = ""
        latest += i
    }
    return latest
}

/** Another function makes it longer. */
function shared(count: number): string {
    let known = ""
    const add = (more: string) => {
        known += more
    }
    for (let i = 0; i < count; i++) add("x")
    return known
}

/** It is told as it grows. */
function told(count: number): string {
    let story = ""
    for (let i = 0; i < count; i++) {
        story += i
        if (i === 1) console.log(story)
    }
    return story
}

setInterval(() => {
    turn++
    console.log(row(16))
    console.log(list(12))
    console.log(`${dashes(9)} ${lastOf(3)} ${shared(3)} ${told(3)}`)
}, 500)
