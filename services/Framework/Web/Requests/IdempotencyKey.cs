using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// Reads the <c>Idempotency-Key</c> header: a structured-field string (<c>"8e03978e"</c>, RFC 9651), or the same
/// without quotes, with 1 to 200 printable ASCII characters. Source:
/// https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
/// </summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 200;

    public static Problem Invalid { get; } = new(
        StatusCodes.Status400BadRequest,
        "idempotency_key_invalid",
        $"An idempotency key must have 1 to {MaxLength} printable ASCII characters, in quotes or not.");

    /// <summary>Returns false if the header is invalid. Returns true and null if it is missing.</summary>
    public static bool TryParse(StringValues header, out string? key)
    {
        key = null;
        if (header.Count == 0) return true;
        if (header.Count > 1 || header[0]?.Trim() is not { Length: > 0 } text) return false;
        if (text[0] == '"' && !TryUnquote(text, out text)) return false;
        if (text.Length is 0 or > MaxLength || text.Any(c => c is < ' ' or > '~')) return false;
        key = text;
        return true;
    }

    private static bool TryUnquote(string quoted, out string text)
    {
        text = "";
        if (quoted.Length < 2 || quoted[^1] != '"') return false;
        var plain = new System.Text.StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] == '"') return false;
            if (quoted[i] == '\\' && (++i == quoted.Length - 1 || quoted[i] is not ('"' or '\\'))) return false;
            plain.Append(quoted[i]);
        }

        text = plain.ToString();
        return true;
    }
}
