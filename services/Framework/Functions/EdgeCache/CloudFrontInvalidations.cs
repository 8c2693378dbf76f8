using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.CloudFront;
using Amazon.CloudFront.Model;

namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>
/// Creates one CloudFront invalidation for all changes. Each path is one document's, without <c>*</c>. CloudFront
/// allows 3,000 such paths in progress, but only 15 with a wildcard
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html). A busy minute needs
/// more than 15. So an invalidation reaches only the document itself. What is cached under a query string must expire.
/// </summary>
public sealed class CloudFrontInvalidations(IAmazonCloudFront cloudFront, string distribution) : IInvalidations
{
    public async Task CreateAsync(IReadOnlyCollection<EdgeChange> changes, CancellationToken ct)
    {
        var sorted = changes.OrderBy(change => change.Stream.ToString(), StringComparer.Ordinal).ToList();
        List<string> paths = [.. sorted.Select(change => change.Path).Distinct()];
        await cloudFront.CreateInvalidationAsync(
            new CreateInvalidationRequest(distribution, new InvalidationBatch(new Paths { Items = paths, Quantity = paths.Count }, ReferenceOf(sorted))),
            ct);
    }

    /// <summary>
    /// Returns the same reference for the same changes: CloudFront answers a repeated reference with the existing
    /// invalidation.
    /// </summary>
    private static string ReferenceOf(IEnumerable<EdgeChange> sorted) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        sorted.Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Stream} {change.Version}"))))));
}
