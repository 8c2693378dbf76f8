using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.CloudFront;
using Amazon.CloudFront.Model;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>
/// Invalidations in CloudFront, one request for all. A path is the product's own, without <c>*</c>: CloudFront takes 3,000 such paths in progress at once but only 15 with a wildcard
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html), and a busy minute has more. It therefore reaches the document alone: what is cached under a query string must live by its own
/// age.
/// </summary>
public sealed class CloudFrontInvalidations(IAmazonCloudFront cloudFront, string distribution) : IInvalidations
{
    public async Task CreateAsync(IReadOnlyCollection<ProductChange> changes, CancellationToken ct)
    {
        var sorted = changes.OrderBy(change => change.Stream.ToString(), StringComparer.Ordinal).ToList();
        List<string> paths = [.. sorted.Select(change => $"/products/{change.Product:D}").Distinct()];
        await cloudFront.CreateInvalidationAsync(
            new CreateInvalidationRequest(distribution, new InvalidationBatch(new Paths { Items = paths, Quantity = paths.Count }, ReferenceOf(sorted))),
            ct);
    }

    /// <summary>The same for the same changes: CloudFront answers a repeated reference with the invalidation it has.</summary>
    private static string ReferenceOf(IEnumerable<ProductChange> sorted) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        sorted.Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Stream} {change.Version}"))))));
}
