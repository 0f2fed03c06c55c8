import { storedSize } from "./orient.ts";
import { reasonOf, type Decoded, type DecodeRequest } from "./decoder.ts";

/**
 * Decodes with WebCodecs: natively, off this thread, and the pixels come straight into the memory asked for. The
 * orientation is reported and not applied.
 */
export async function decodeWithWebCodecs(request: DecodeRequest): Promise<Decoded> {
  const { bytes, facts, allocate } = request;
  const type = `image/${facts.format}`;
  if (typeof ImageDecoder === "undefined" || !(await ImageDecoder.isTypeSupported(type))) {
    return { status: "unsupported" };
  }
  const decoder = new ImageDecoder({ data: bytes, type, ...desiredSize(request) });
  try {
    const { image } = await decoder.decode({ completeFramesOnly: true });
    if (isAsAsked(image, request)) return await copyOut(image, allocate);
    image.close();
  } catch (error) {
    return { status: "broken", reason: reasonOf(error) };
  } finally {
    decoder.close();
  }
  return decodeWithWebCodecs({ ...request, shrink: 1 });
}

/** A JPEG is made of blocks, each of which gives fewer pixels for less work; what is cut off at an edge counts as whole. */
function desiredSize({ facts, shrink }: DecodeRequest): Partial<ImageDecoderInit> {
  if (shrink === 1 || facts.format !== "jpeg") return {};
  const { width, height } = storedSize(facts);
  return { desiredWidth: Math.ceil(width / shrink), desiredHeight: Math.ceil(height / shrink) };
}

/** Whether a frame is the whole picture or as small as it was asked for. A browser may take a wish for a size as it likes. */
function isAsAsked(frame: VideoFrame, request: DecodeRequest): boolean {
  const { desiredWidth, desiredHeight } = desiredSize(request);
  const whole = storedSize(request.facts);
  const { width, height } = shownSize(frame);
  if (desiredWidth === undefined) return true;
  return (
    (width === desiredWidth && height === desiredHeight) || (width === whole.width && height === whole.height)
  );
}

function shownSize({ visibleRect, codedWidth, codedHeight }: VideoFrame): { width: number; height: number } {
  return visibleRect ?? { width: codedWidth, height: codedHeight };
}

/** Chromium turns what a JPEG holds into BGRA in half the time of RGBA, with the same result. */
async function copyOut(frame: VideoFrame, allocate: DecodeRequest["allocate"]): Promise<Decoded> {
  const { width, height } = shownSize(frame);
  const pixels = allocate(width, height);
  try {
    const layout = [{ offset: 0, stride: width * 4 }];
    await frame.copyTo(pixels, { format: "BGRA", colorSpace: "srgb", layout });
    return { status: "stored", width, height, pixels, order: "bgra" };
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") return { status: "unsupported" };
    throw error;
  } finally {
    frame.close();
  }
}
