using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>A request that writes itself to HTTP.</summary>
public abstract class WireRequest : AmazonWebServiceRequest
{
    /// <summary>Writes path, headers and body. The default is <c>POST /</c>.</summary>
    internal abstract void WriteTo(DefaultRequest http, WireService service);
}
