namespace ServerlessCqrs.Shop;

/// <summary>The name of a person, as the token has it in <c>sub</c>. It becomes part of stream ids and partition keys, so not every text can be one.</summary>
public static class Subject
{
    /// <summary>With the id of a product it must fit into a stream id.</summary>
    public const int MaxLength = 128;

    /// <summary>The rule of <see cref="IsValid"/>, for people.</summary>
    public static readonly string Rule = $"1 to {MaxLength} letters, digits and -_.@|:";

    public static bool IsValid(string subject) => subject.Length <= MaxLength && StreamId.TryParse($"subject-{subject}", out _);
}
