namespace ServerlessCqrs.Web;

/// <summary>
/// The headers from the edge to the services. Clients cannot set them, because the edge removes them from requests.
/// </summary>
/// <param name="prefix">The prefix of every name, as in the topology's rules of the edge.</param>
public sealed class EdgeHeaders(string prefix)
{
    public string Prefix => prefix;

    /// <summary>The secret which proves that a request came through the edge.</summary>
    public string Secret { get; } = $"{prefix}-Edge-Secret";

    /// <summary>
    /// The path as its client sent it. The edge sets it where the path has escapes. API Gateway passes on the decoded
    /// path, so that the services cannot see them.
    /// </summary>
    public string Path { get; } = $"{prefix}-Path";

    /// <summary>The client's segment, from which the edge derives <see cref="Bucket"/>.</summary>
    public string Segment { get; } = $"{prefix}-Segment";

    /// <summary>The bucket of a client's segment.</summary>
    public string Bucket { get; } = $"{prefix}-Bucket";
}
