import { XiaoExpansionBoard } from "@devicescript/drivers"

const board = new XiaoExpansionBoard()
const display = await board.startDisplay()
const button = board.startButton()
const buzzer = board.startBuzzer()

let presses = 0
button.down.subscribe(async () => {
    presses = presses + 1
    await buzzer.playNote(440, 0.5, 50)
    console.log("pressed", presses)
})
setInterval(async () => {
    display.image.fill(0)
    display.image.print(`${presses}`, 4, 4)
    await display.show()
    console.log("turn", presses, 0)
}, 1000)
