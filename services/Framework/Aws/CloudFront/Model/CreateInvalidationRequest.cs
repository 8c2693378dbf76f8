using System.Text;
using System.Xml.Linq;
using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront.Model;

public sealed class CreateInvalidationRequest : AmazonCloudFrontRequest
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";

    public CreateInvalidationRequest() { }

    public CreateInvalidationRequest(string distributionId, InvalidationBatch invalidationBatch) =>
        (DistributionId, InvalidationBatch) = (distributionId, invalidationBatch);

    public string? DistributionId { get; set; }

    public InvalidationBatch? InvalidationBatch { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        if (string.IsNullOrEmpty(DistributionId)) throw new AmazonCloudFrontException("Request object does not have required field DistributionId set");

        http.ResourcePath = $"/{service.ApiVersion}/distribution/{{DistributionId}}/invalidation";
        http.AddPathResource("{DistributionId}", DistributionId);
        http.Headers["Content-Type"] = "application/xml";
        if (InvalidationBatch is null) return;

        XNamespace xmlns = $"http://cloudfront.amazonaws.com/doc/{service.ApiVersion}/";
        http.Content = Encoding.UTF8.GetBytes(Declaration + InvalidationBatch.ToXml(xmlns).ToString(SaveOptions.DisableFormatting));
    }
}
