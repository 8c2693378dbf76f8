namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Headers that say where an answer came from.</summary>
public static class AnswerHeaders
{
    /// <summary>Only where the answer was not read from the read model: <see cref="EventStore"/>, folded from the events.</summary>
    public const string AnsweredFrom = "X-Answered-From";

    public const string EventStore = "event-store";

    /// <summary>
    /// <see cref="NewestCommit"/> where the log alone could be read: the newest commit may be in the stream's tip only. <see cref="Reviews"/> where only the product's own events were read: average and count of its reviews are left at 0.
    /// </summary>
    public const string MayLack = "X-May-Lack";

    public const string NewestCommit = "newest-commit";

    public const string Reviews = "reviews";
}
