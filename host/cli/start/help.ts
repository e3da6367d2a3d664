import type { Command } from "commander"

/** `help [command]`, which says what is wrong where commander's own shows nothing but the list. */
export function addHelpCommand(program: Command): void {
    program
        .command("help")
        .summary("display help for command")
        .description("Shows the help of a command, or the list of them.")
        .argument("[command]", "a command of the list")
        .action((name: string | undefined) => {
            if (name === undefined) program.help()
            const command = program.commands.find(one => one.name() === name)
            if (command) command.help()
            // Says so, and names the nearest.
            program.args = [name]
            ;(program as Command & { unknownCommand(): never }).unknownCommand()
        })
}
