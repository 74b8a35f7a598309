import * as z from "zod/mini";
import { MessageKey } from "../../shared/domain/messages/message-key.ts";

export const ofMessage = z.strictObject({ key: MessageKey });
