namespace ServerlessCqrs.Shop;

/// <summary>
/// The tags of events, which become the message attributes that subscriptions filter by. There is one tag per
/// subscriber, because a queue filters by one attribute. An event without tags is not published, and can only be read
/// from its stream.
/// </summary>
public static class EventTags
{
    /// <summary>
    /// A read model folds the event. Either all events of a stream have this tag or none, because a read model needs
    /// every version.
    /// </summary>
    public const string Document = "document";

    /// <summary>The event changes a document that the edge caches.</summary>
    public const string Edge = "edge";

    /// <summary>The event may cause a mail.</summary>
    public const string Mail = "mail";

    /// <summary>The order process answers the event with commands.</summary>
    public const string Process = "process";

    /// <summary>The order process checks later whether the order has ended.</summary>
    public const string Timeout = "timeout";
}
