// Loaded before the official command line: it looks for boards by their USB vendor, which a pty has
// none of. That is all it is told about this one.
const { createRequire } = require("node:module")
const { SerialPort } = createRequire(process.env.TEST_CLI)("serialport")

SerialPort.list = () => Promise.resolve([{ path: process.env.TEST_PORT, vendorId: "2e8a" }])
