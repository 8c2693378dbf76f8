namespace ServerlessCqrs.Shop;

/// <summary>
/// The name and version under which a command or an event is stored and sent: a contract, apart from the CLR name. <see cref="Tags"/> are the message attributes that
/// subscriptions filter by; a message carries the tags of all events in it (SQS takes at most ten attributes on a raw message, so there are few).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WireNameAttribute(string name, int version, params string[] tags) : Attribute
{
    public string Name { get; } = name;

    public int Version { get; } = version;

    public IReadOnlyList<string> Tags { get; } = tags;
}
