const MARK = "«redacted»";
const SHORTEST = 6;

/**
 * Replaces registered secrets in text, in every encoding that we emit: as is, URL-encoded, JSON-escaped, base64.
 * Secrets under six characters are refused: replacing them would shred ordinary text.
 *
 * @example
 * redactor.register("hunter22"); redactor.redact("pw=hunter22") // "pw=«redacted»"
 */
export class Redactor {
  private readonly forms = new Set<string>();

  register(secret: string): void {
    if (secret.length < SHORTEST) return;
    this.forms.add(secret);
    this.forms.add(encodeURIComponent(secret));
    this.forms.add(JSON.stringify(secret).slice(1, -1));
    this.forms.add(Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, ""));
  }

  redact(text: string): string {
    let out = text;
    for (const form of [...this.forms].sort((a, b) => b.length - a.length)) out = out.replaceAll(form, MARK);
    return out;
  }
}
