namespace ServerlessCqrs.Topology;

/// <summary>A program's permission on AWS: a statement of its role.</summary>
/// <param name="Actions">IAM's names of the actions.</param>
public sealed record Right(
    IReadOnlyList<string> Actions,
    IReadOnlyList<RightOn> On);

/// <summary>The resource of a permission.</summary>
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

    /// <summary>The master key, the edge's secrets, the distribution, or the mail sender.</summary>
    public sealed record Provided(Provision What) : RightOn;
}
