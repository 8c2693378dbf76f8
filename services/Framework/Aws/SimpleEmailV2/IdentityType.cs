using Amazon.Runtime;

namespace Amazon.SimpleEmailV2;

public class IdentityType(string value) : ConstantClass(value)
{
    public static readonly IdentityType DOMAIN = new("DOMAIN");
    public static readonly IdentityType EMAIL_ADDRESS = new("EMAIL_ADDRESS");
    public static readonly IdentityType MANAGED_DOMAIN = new("MANAGED_DOMAIN");

    public static IdentityType FindValue(string value) => FindValue<IdentityType>(value);

    public static implicit operator IdentityType(string value) => FindValue(value);
}
