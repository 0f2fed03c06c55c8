/**
 * A function of a site, a folder and a name that works each answer out once. The answers go with the site: it must
 * not change. Documents of one folder mostly link to the same places, so most questions are asked often.
 */
export function remembered<Site extends object, Answer>(
  answer: (site: Site, folder: string, name: string) => Answer,
): (site: Site, folder: string, name: string) => Answer {
  const sites = new WeakMap<Site, Map<string, Map<string, Answer>>>();
  return (site, folder, name) => {
    const names = namesOf(sites, site, folder);
    const known = names.get(name);
    if (known !== undefined) return known;
    const found = answer(site, folder, name);
    names.set(name, found);
    return found;
  };
}

function namesOf<Site extends object, Answer>(
  sites: WeakMap<Site, Map<string, Map<string, Answer>>>,
  site: Site,
  folder: string,
): Map<string, Answer> {
  const folders = sites.get(site) ?? new Map<string, Map<string, Answer>>();
  const names = folders.get(folder) ?? new Map<string, Answer>();
  sites.set(site, folders);
  folders.set(folder, names);
  return names;
}
