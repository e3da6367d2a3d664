import { register } from "../agent"
import { kitchen } from "./kitchen"

register("waiting", kitchen.waiting)
