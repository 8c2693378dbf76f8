namespace ServerlessCqrs.Web;

/// <summary>Headers that name the source of an answer.</summary>
public static class AnswerHeaders
{
    /// <summary>
    /// Set only if the answer was not read from the read model: <see cref="EventStore"/> means folded from the events.
    /// </summary>
    public const string AnsweredFrom = "X-Answered-From";

    public const string EventStore = "event-store";

    /// <summary>
    /// <see cref="NewestCommit"/> if only the log could be read: the latest commit may be only in the stream's tip. A
    /// route may add other values.
    /// </summary>
    public const string MayLack = "X-May-Lack";

    public const string NewestCommit = "newest-commit";
}
