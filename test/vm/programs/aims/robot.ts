// A robot's program: steps of several kinds, and what its bumpers said.
//: steps
interface Step {
    kind: string
    speed: number
    degrees: number
    milliseconds: number
    pitch: number
    line: number
    column: number
    times: number
}
const steps: Step[] = []
function add(kind: string): Step {
    const step = {
        kind,
        speed: 0,
        degrees: 0,
        milliseconds: 0,
        pitch: 0,
        line: 0,
        column: 0,
        times: 0,
    }
    steps.push(step)
    return step
}
for (let i = 0; i < 40; i++) {
    if (i % 4 === 0) add("drive").speed = i
    else if (i % 4 === 1) add("turn").degrees = i * 3
    else if (i % 4 === 2) add("wait").milliseconds = 20 * i
    else add("beep").pitch = 100 + i
}
//|
//- const steps = Buffer.alloc(3 * 40)
//- for (let i = 0; i < 40; i++) {
//-     steps[3 * i] = i % 4
//-     const value = i % 4 === 0 ? i : i % 4 === 1 ? i * 3 : i % 4 === 2 ? 20 * i : 100 + i
//-     steps.setAt(3 * i + 1, "u16", value)
//- }
//.
//: bumps
const bumps = new Array<boolean>(160)
for (let i = 0; i < 160; i++) bumps[i] = i % 13 === 0
//|
//- const bumps = Buffer.alloc(20)
//- for (let i = 0; i < 160; i += 13) bumps[i >> 3] = bumps[i >> 3] | (1 << (i & 7))
//.
let at = 0
let moved = 0
setInterval(() => {
    at = (at + 1) % 160
    //: bumps
    if (bumps[at]) moved++
    //|
    //- if ((bumps[at >> 3] >> (at & 7)) & 1) moved++
    //.
    //: steps
    const step = steps[at % 40]
    if (step.kind === "drive") moved += step.speed
    //|
    //- if (steps[3 * (at % 40)] === 0) moved += steps.getAt(3 * (at % 40) + 1, "u16")
    //.
}, 70)
