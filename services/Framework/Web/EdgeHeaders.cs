namespace ServerlessCqrs.Web;

/// <summary>The headers by which the edge talks to the services. No client can send them: the edge removes what comes under these names.</summary>
/// <param name="prefix">Every name begins with it, as in the topology's rules of the edge.</param>
public sealed class EdgeHeaders(string prefix)
{
    public string Prefix => prefix;

    /// <summary>The secret that shows that a request came by the edge.</summary>
    public string Secret { get; } = $"{prefix}-Edge-Secret";

    /// <summary>
    /// The path as its client sent it. The edge sets it where the path has escapes. API Gateway passes on the decoded
    /// path, so that the services cannot see them.
    /// </summary>
    public string Path { get; } = $"{prefix}-Path";

    /// <summary>Clients name their segment in it; the edge turns it into <see cref="Bucket"/>.</summary>
    public string Segment { get; } = $"{prefix}-Segment";

    /// <summary>The bucket of a client's segment.</summary>
    public string Bucket { get; } = $"{prefix}-Bucket";
}
