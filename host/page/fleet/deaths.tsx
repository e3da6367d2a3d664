import { formatCount } from "../../base/format-units"
import type { DeathGroup } from "../../documents/fleet/fleet-report"
import { Panel } from "../panels/panel"
import { linkTo } from "./route"

/** Names of boards that are shown of each. */
const MAX_NAMES = 4

/** What boards died of, and where. */
export function Deaths({ deaths, token }: { deaths: readonly DeathGroup[]; token: string }) {
    if (deaths.length === 0) return null
    return (
        <Panel title="Deaths" note="by cause and place">
            <div class="scroll" tabIndex={0} role="group" aria-label="Deaths by cause and place">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">died of</th>
                            <th scope="col">at</th>
                            <th scope="col" class="number">
                                times
                            </th>
                            <th scope="col">boards</th>
                        </tr>
                    </thead>
                    <tbody>
                        {deaths.map(({ cause, place = "", deaths: times, boards }) => (
                            <tr key={`${cause} ${place}`}>
                                <td>{cause}</td>
                                <td>{place}</td>
                                <td class="number">{formatCount(times)}</td>
                                <td>
                                    {boards.slice(0, MAX_NAMES).map(board => (
                                        <a key={board} href={linkTo({ token, board })}>
                                            {board}
                                        </a>
                                    ))}
                                    {boards.length > MAX_NAMES &&
                                        ` and ${formatCount(boards.length - MAX_NAMES)} more`}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </Panel>
    )
}
