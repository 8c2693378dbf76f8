namespace ServerlessCqrs.Streams;

/// <summary>
/// A personal text, sealed with the key of the person it belongs to. Without that key it is noise; who destroys the key has erased the text wherever a copy of it lies. The same text of the same person seals to the same
/// bytes, so that deciding twice decides the same.
/// </summary>
/// <param name="Person">The subject whose key seals it.</param>
/// <param name="Text">Base64url of nonce, ciphertext and tag.</param>
public sealed record Sealed(
    string Person,
    string Text)
{
    // AES-GCM's nonce and tag.
    private const int Around = 12 + 16;

    /// <summary>The most that <see cref="Text"/> can take for a text of so many UTF-16 characters: up to three bytes of UTF-8 for each, in base64url.</summary>
    public static int LengthOf(int characters) => (4 * (Around + 3 * characters) + 2) / 3;

    /// <summary>What cannot be a sealed text of at most so many characters. What it says was checked before it was sealed: here it is noise.</summary>
    public IEnumerable<Violation> Check(string field, string code, int maxLength) => Violation.Unless(
        Text.Length > 0 && Text.Length <= maxLength && Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
        $"{field}.text",
        code,
        $"A sealed text is 1 to {maxLength} characters of base64url.");

    /// <summary>The same, and whether it is that person's.</summary>
    public IEnumerable<Violation> Check(string person, string field, string code, int maxLength) =>
        Violation.Unless(Person == person, $"{field}.person", code, "It must be sealed with the person's own key.").Concat(Check(field, code, maxLength));
}
