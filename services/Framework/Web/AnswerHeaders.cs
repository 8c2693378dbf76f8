namespace ServerlessCqrs.Web;

/// <summary>Headers that say where an answer came from.</summary>
public static class AnswerHeaders
{
    /// <summary>Only where the answer was not read from the read model: <see cref="EventStore"/>, folded from the events.</summary>
    public const string AnsweredFrom = "X-Answered-From";

    public const string EventStore = "event-store";

    /// <summary>
    /// <see cref="NewestCommit"/> when only the log could be read: the newest commit may be in the stream's tip. A route may name other things.
    /// </summary>
    public const string MayLack = "X-May-Lack";

    public const string NewestCommit = "newest-commit";
}
