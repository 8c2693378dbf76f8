namespace ServerlessCqrs.Streams;

/// <summary>
/// A personal text, sealed with the key of the person it belongs to. Without that key it is unreadable. Destroying the
/// key erases every copy of the text. The same text of the same person always gives the same bytes, so that deciding
/// twice gives the same result.
/// </summary>
/// <param name="Person">The subject whose key seals it.</param>
/// <param name="Text">Base64url of nonce, ciphertext and tag.</param>
public sealed record Sealed(
    string Person,
    string Text)
{
    // The nonce and tag of AES-GCM.
    private const int Around = 12 + 16;

    /// <summary>
    /// Returns the maximum length of <see cref="Text"/> for a text of this many UTF-16 characters. Each takes up to
    /// three bytes of UTF-8, in base64url.
    /// </summary>
    public static int LengthOf(int characters) => (4 * (Around + 3 * characters) + 2) / 3;

    /// <summary>
    /// Checks the form and the length only. The content was checked before it was sealed, and cannot be read here.
    /// </summary>
    public IEnumerable<Violation> Check(string field, string code, int maxLength) => Violation.Unless(
        Text.Length > 0 && Text.Length <= maxLength && Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
        $"{field}.text",
        code,
        $"A sealed text is 1 to {maxLength} characters of base64url.");

    /// <summary>Also checks that it belongs to that person.</summary>
    public IEnumerable<Violation> Check(string person, string field, string code, int maxLength) =>
        Violation.Unless(Person == person, $"{field}.person", code, "It must be sealed with the person's own key.").Concat(Check(field, code, maxLength));
}
