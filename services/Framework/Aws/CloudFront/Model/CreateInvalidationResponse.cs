using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.CloudFront.Model;

public sealed class CreateInvalidationResponse : AmazonWebServiceResponse
{
    public Invalidation? Invalidation { get; set; }

    public string? Location { get; set; }

    internal static CreateInvalidationResponse Read(XElement root, IWebResponseData http) => new()
    {
        Invalidation = Invalidation.Read(root),
        Location = http.IsHeaderPresent("Location") ? http.GetHeaderValue("Location") : null,
    };
}
