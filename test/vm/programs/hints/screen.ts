import { SSD1306Driver, startCharacterScreenDisplay } from "@devicescript/drivers"

const screen = await startCharacterScreenDisplay(
    new SSD1306Driver({ width: 128, height: 64, devAddr: 0x3c }),
)
await screen.message.write("hello")
