import { useEffect, useState, type ReactNode } from "react";
import { extensionOf } from "../../base/project-path.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import { useSession } from "../session-context.ts";

const pictureTypes: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  svg: "image/svg+xml",
};

/** The picture of an image node, or a small view of a page. Other nodes show nothing. */
export function NodePicture({ row }: { readonly row: NodeRow }): ReactNode {
  if (row.hash === null) return null;
  const type = pictureTypes[extensionOf(row.sitePath ?? row.label)] ?? pictureTypes[extensionOf(row.label)];
  if (type !== undefined) return <Picture hash={row.hash} type={type} label={row.label} />;
  if (row.sitePath?.endsWith(".html") === true) {
    return <PageThumbnail sitePath={row.sitePath} hash={row.hash} />;
  }
  return null;
}

type PictureProps = { readonly hash: string; readonly type: string; readonly label: string };

function Picture({ hash, type, label }: PictureProps): ReactNode {
  const url = useObjectUrl(hash, type);
  if (url === undefined) return null;
  return (
    <figure className="inspector-section node-picture">
      <img src={url} alt={label} />
    </figure>
  );
}

/** An object URL for some bytes, revoked when the component lets go of it. */
function useObjectUrl(hash: string, type: string): string | undefined {
  const session = useSession();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let left = false;
    let made: string | undefined;
    const make = async () => {
      const answer = await session.objectUrl(hash, type);
      if (answer === undefined) return;
      made = answer;
      if (left) URL.revokeObjectURL(answer);
      else setUrl(answer);
    };
    void make();
    return () => {
      left = true;
      setUrl(undefined);
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [session, hash, type]);
  return url;
}

function PageThumbnail({ sitePath, hash }: { readonly sitePath: string; readonly hash: string }): ReactNode {
  const url = useSession().previewUrl(sitePath);
  if (url === null) return null;
  return (
    <figure className="inspector-section node-page">
      <iframe
        key={hash}
        src={url}
        title={`Small view of ${sitePath}`}
        sandbox="allow-same-origin"
        tabIndex={-1}
        inert
      />
    </figure>
  );
}
