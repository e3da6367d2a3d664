// A chat: each line is shown and gone, and of each the time and who said it is kept.
// aim: fragmentation
const KEPT = 60
let count = 0
let present = 0
//: said
interface Said {
    minute: number
    length: number
}
const said = new Array<Said>(KEPT)
//|
//- const said = Buffer.alloc(2 * KEPT)
//.
//: people
class Person {
    id: number
    constructor(id: number) {
        this.id = id
    }
}
const people = new Array<Person>(KEPT)
//|
//- const people = new Array<number>(KEPT)
//.
let turn = 0
let letters = 0
function show(line: string): void {
    letters += line.slice(1).length
}
setInterval(() => {
    const line = `${turn}: good ${turn % 2 ? "morning" : "evening"}, it is ${turn * 5} now and all is well`
    show(line)
    if (turn % 3 === 0 && count < KEPT) {
        //: said
        said[count++] = { minute: turn % 60, length: line.length }
        //|
        //- said[2 * count] = turn % 60
        //- said[2 * count++ + 1] = line.length
        //.
    }
    if (turn % 5 === 1 && present < KEPT) {
        //: people
        people[present++] = new Person(turn)
        //|
        //- people[present++] = turn
        //.
    }
    turn++
}, 20)
