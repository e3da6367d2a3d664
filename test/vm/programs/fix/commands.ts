// Commands that come over a line, as words: set, get, and add to one of eight values.
const LINES = ["set 3 120", "get 3", "add 3 5", "get 3", "set 7 9", "add 7 1", "get 7", "nonsense"]
const values: number[] = []
for (let i = 0; i < 8; i++) values.push(0)

interface Command {
    name: string
    index: number
    value: number
}

function parse(line: string): Command {
    const words = line.split(" ")
    return {
        name: words[0],
        index: words.length > 1 ? parseInt(words[1]) : -1,
        value: words.length > 2 ? parseInt(words[2]) : 0,
    }
}

function run(command: Command): string {
    if (command.name === "set") {
        values[command.index] = command.value
        return "ok"
    }
    if (command.name === "add") {
        values[command.index] += command.value
        return "ok"
    }
    if (command.name === "get") return "value " + values[command.index]
    return "what?"
}

let at = 0
setInterval(() => {
    console.log(run(parse(LINES[at])))
    at = (at + 1) % LINES.length
}, 250)
