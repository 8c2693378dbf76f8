namespace ServerlessCqrs.Shop;

/// <summary>
/// Who follows an event: the message attributes that subscriptions filter by, one a follower, since a queue filters by one alone. An event without any has no follower and is not published; what it says is found in its stream.
/// </summary>
public static class EventTags
{
    /// <summary>A read model folds it. A stream's events carry it all or none: a document is told of every version.</summary>
    public const string Document = "document";

    /// <summary>It changes what the edge keeps.</summary>
    public const string Edge = "edge";

    /// <summary>Somebody may be mailed about it.</summary>
    public const string Mail = "mail";

    /// <summary>The order process answers it with commands.</summary>
    public const string Process = "process";

    /// <summary>The order process looks again later, whether what began has ended.</summary>
    public const string Timeout = "timeout";
}
