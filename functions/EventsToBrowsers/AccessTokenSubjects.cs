using ServerlessCqrs.Push;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.EventsToBrowsers;

/// <summary>The services' own check of tokens.</summary>
public sealed class AccessTokenSubjects(BearerTokens tokens) : IWatcherTokens
{
    public async Task<string?> SubjectOfAsync(string token, CancellationToken ct)
    {
        try
        {
            return await tokens.SubjectOfAsync(token, ct);
        }
        catch (InvalidOperationException e)
        {
            throw new TokenKeysUnavailableException(e);
        }
    }
}
