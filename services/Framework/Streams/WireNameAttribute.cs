namespace ServerlessCqrs.Streams;

/// <summary>
/// The name and version under which a command or event is stored and sent. This is a contract, independent of the CLR
/// name. <see cref="Tags"/> become the message attributes that subscriptions filter by. A message carries the tags of
/// all its events, each in its latest version. SQS accepts at most ten attributes on a raw message, so a domain has few
/// tags.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WireNameAttribute(string name, int version, params string[] tags) : Attribute
{
    public string Name { get; } = name;

    public int Version { get; } = version;

    public IReadOnlyList<string> Tags { get; } = tags;
}
