import type { Offered } from "./dropped.ts";
import { offerZip } from "./dropped.ts";
import { sampleMissing } from "./intake-fault.ts";

/** The name under which the sample is kept, so that opening it again opens the same project. */
const sampleName = "Strata tour";

/** The project that ships with the app; works offline once the app does. Rejects with an `IntakeFault`. */
export async function offerSample(): Promise<Offered> {
  const response = await fetchSample();
  const blob = await response.blob();
  return offerZip(new File([blob], `${sampleName}.zip`));
}

async function fetchSample(): Promise<Response> {
  try {
    const response = await fetch(new URL("sample.zip", document.baseURI));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response;
  } catch (error) {
    throw sampleMissing(error);
  }
}
