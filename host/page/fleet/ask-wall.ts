import type { FleetWall } from "../../documents/fleet/fleet-wall"

/** How all boards are now; undefined for who has not the right token. @throws TypeError when nobody answers */
export async function askWall(token: string): Promise<FleetWall | undefined> {
    const answer = await fetch("wall", { headers: { Authorization: `Bearer ${token}` } })
    return answer.ok ? ((await answer.json()) as FleetWall) : undefined
}
