using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>A request that knows how it looks on the wire.</summary>
public abstract class WireRequest : AmazonWebServiceRequest
{
    /// <summary>Writes path, headers and body; method and path are <c>POST /</c> unless set here.</summary>
    internal abstract void WriteTo(DefaultRequest http, WireService service);
}
