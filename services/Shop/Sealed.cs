namespace ServerlessCqrs.Shop;

/// <summary>
/// A personal text, sealed with the key of the person it belongs to. Without that key it is noise; who destroys the key has erased the text wherever a copy of it lies. The same text of the same person seals to the same
/// bytes, so that deciding twice decides the same.
/// </summary>
/// <param name="Person">The subject whose key seals it.</param>
/// <param name="Text">Base64url of nonce, ciphertext and tag.</param>
public sealed record Sealed(
    string Person,
    string Text);
