# Makes this instance the way out of the private subnets: VPC User Guide, "Work with NAT instances".

# Installing packages needs more memory than the smallest instance has (amazonlinux/amazon-linux-2023#404).
# How to: re:Post, "How do I allocate memory to work as swap space in an Amazon EC2 instance by using a swap file?"
swap_mib=1024
if [ ! -e /swapfile ]; then
  dd if=/dev/zero of=/swapfile.new bs=1M count="$swap_mib"
  chmod 600 /swapfile.new
  mkswap /swapfile.new
  mv /swapfile.new /swapfile
fi
swapon --show=NAME --noheadings | grep -qx /swapfile || swapon /swapfile

# Another process may clean dnf's cache at the same moment (aws/aws-cdk#36717): hence the retry.
rpm -q iptables-services || retry dnf install -y iptables-services

echo 'net.ipv4.ip_forward=1' | put /etc/sysctl.d/90-@@NAME@@-way-out.conf
sysctl -p /etc/sysctl.d/90-@@NAME@@-way-out.conf
systemctl enable --now iptables
device=$(ip -4 route show default | awk '{ print $5; exit }')
[ -n "$device" ] || fail 'the instance has no default route'
iptables -t nat -C POSTROUTING -o "$device" -j MASQUERADE || iptables -t nat -A POSTROUTING -o "$device" -j MASQUERADE
# The package's own rules refuse to forward.
iptables -F FORWARD
iptables -P FORWARD ACCEPT
iptables-save >/etc/sysconfig/iptables
