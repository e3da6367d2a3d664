// A planner: requests come as texts, are taken apart, and what is planned stays, object after object.
// aim: fragmentation
const MOST = 70
let planned = 0
let owned = 0
//: plans
interface Plan {
    start: number
    duration: number
    room: number
}
const plans = new Array<Plan>(MOST)
//|
//- const plans = Buffer.alloc(3 * MOST)
//.
//: owners
class Owner {
    id: number
    constructor(id: number) {
        this.id = id
    }
}
const owners = new Array<Owner>(MOST)
//|
//- const owners = new Array<number>(MOST)
//.
let turn = 0
let sum = 0
function take(request: string): void {
    const minutes = 15 * (request.length % 8)
    if (turn % 2 === 0 && planned < MOST) {
        //: plans
        plans[planned++] = { start: turn % 24, duration: minutes, room: turn % 12 }
        //|
        //- plans[3 * planned] = turn % 24
        //- plans[3 * planned + 1] = minutes
        //- plans[3 * planned++ + 2] = turn % 12
        //.
    } else if (owned < MOST) {
        //: owners
        owners[owned++] = new Owner(turn)
        //|
        //- owners[owned++] = turn
        //.
    }
    sum += minutes
}
setInterval(() => {
    take(`${turn % 24};${15 * (turn % 8)};${turn % 12};owner-${turn % 6}`)
    turn++
}, 25)
