namespace ServerlessCqrs.Topology;

/// <summary>What a program may do on AWS: a statement of its role.</summary>
/// <param name="Actions">As IAM names them.</param>
public sealed record Right(
    IReadOnlyList<string> Actions,
    IReadOnlyList<RightOn> On);

/// <summary>What a right is on.</summary>
public abstract record RightOn
{
    private RightOn()
    {
    }

    public static implicit operator RightOn(Table table) => new Items(table);

    public static implicit operator RightOn(EventStream stream) => new Records(stream);

    public static implicit operator RightOn(Topic topic) => new Messages(topic);

    public static implicit operator RightOn(Provision what) => new Provided(what);

    public sealed record Items(Table Table) : RightOn;

    /// <summary>All indexes of a table.</summary>
    public sealed record Indexes(Table Table) : RightOn;

    public sealed record Records(EventStream Stream) : RightOn;

    public sealed record Messages(Topic Topic) : RightOn;

    /// <summary>The master key, the edge's secrets, the distribution, or the sender of mails.</summary>
    public sealed record Provided(Provision What) : RightOn;
}
