import type { PersonalDataCipher } from "../../shared/personal-data/personal-data-cipher.ts";
import type { Services } from "../kit/services.ts";

/** What the agency's operations lean on: alone of all audiences, they can open what names a person. */
export interface AgencyServices extends Services {
  readonly cipher: PersonalDataCipher;
}
