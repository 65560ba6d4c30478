/** A value as XML: objects become elements, arrays `<member>` lists, undefined nothing. Texts are escaped. */
export function xml(value: unknown, listName = "member"): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => `<${listName}>${xml(item)}</${listName}>`).join("");
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `<${name}>${xml(item, LIST_NAMES[name])}</${name}>`)
      .join("");
  }
  return escapeXml(typeof value === "string" ? value : JSON.stringify(value));
}

/** Lists of RDS name their items (RDS API reference, DBCluster). */
const LIST_NAMES: Readonly<Record<string, string>> = {
  DBClusters: "DBCluster",
  DBClusterMembers: "DBClusterMember",
  VpcSecurityGroups: "VpcSecurityGroupMembership",
};

/**
 * Text made safe between tags.
 *
 * @example escapeXml("a<b&c") // "a&lt;b&amp;c"
 */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/**
 * A form of the query protocol as an object: `Filters.Filter.1.Name=a` becomes `{Filters: {Filter: [{Name: "a"}]}}`.
 */
export function parseQueryForm(body: string): Record<string, unknown> {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(body)) {
    let node = root;
    const parts = name.split(".");
    for (const part of parts.slice(0, -1)) {
      const next = node.get(part);
      if (next instanceof Map) node = next;
      else node.set(part, (node = new Map()));
    }
    node.set(parts.at(-1) ?? "", value);
  }
  return plain(root) as Record<string, unknown>;
}

type Node = Map<string, Node | string>;

function plain(node: Node | string | undefined): unknown {
  if (!(node instanceof Map)) return node;
  const keys = [...node.keys()];
  if (keys.length > 0 && keys.every((key) => /^[1-9]\d*$/.test(key)))
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => plain(node.get(key)));
  return Object.fromEntries(keys.map((key) => [key, plain(node.get(key))]));
}
