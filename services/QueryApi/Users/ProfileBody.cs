namespace ServerlessCqrs.QueryApi.Users;

/// <summary>What the shop knows of its caller.</summary>
/// <param name="Status"><c>registered</c>, or <c>deactivated</c>: no mail, no order, for good.</param>
/// <param name="Email">Where mails go; missing where none was registered, and once its owner is erased.</param>
/// <param name="Name">What mails call them; missing where there is none, and once its owner is erased.</param>
public sealed record ProfileBody(
    string Id,
    string Status,
    string? Email,
    string? Name,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
